"""All writing of registry data. Reads are QuerySet methods of the models."""
