"""The files of a fresh config repository, as package data."""
