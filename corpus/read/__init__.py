"""From a file to text: encodings, Word, web pages, and the limits that keep a hostile file harmless."""
