"""What finds sections fast: vectors (exact, or by Chroma) and keywords. All of it is derived from the shelf."""
