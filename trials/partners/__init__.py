"""Clinics that show the finder on their own pages: where they may, in which colour, with which sites as their own."""
