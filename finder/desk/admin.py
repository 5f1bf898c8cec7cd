"""Sets the door into the project's admin site, when Django gathers the admins of all apps."""

from django.contrib import admin

from finder.desk.signing_in import guard_login

guard_login(admin.site)
