"""People who sign in, the posts they hold, the roles they are given, the tokens of their programs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from luoshi.store.models.units import Unit


class PersonManager(BaseUserManager["Person"]):
    """How people come about; none of them may do everything, so there is no superuser to make."""

    def create_user(self, username: str, password: str | None = None, **more: Any) -> Person:
        person = self.model(username=self.model.normalize_username(username), **more)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A person (用户). Nobody is more than the roles granted: there is no superuser.

    ``unit`` is where the person works, for lists: it gives no right. Rights come of roles and posts.
    """

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True, related_name="people")
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now)
    password_set = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    is_staff = False
    is_superuser = False
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Post(models.Model):
    """A post (岗位) of a unit: duties attach to it and stay when its holder goes."""

    code = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=60)
    duty = models.CharField(max_length=10)  # liaison, head, leader, office: those of luoshi.supervise.posts

    class Meta:
        ordering = ("unit_id", "id")

    def __str__(self) -> str:
        return self.title


class PostHolder(models.Model):
    """Who holds a post from ``since`` to ``until``, both days included; none is to this day."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("since", "id")


class RoleGrant(models.Model):
    """A role (角色) given to a person, for a unit where the role needs one.

    Good from ``since`` to ``until``, both days included; none is from the first day, and to this day.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    granted = models.DateTimeField(default=timezone.now)
    granted_by = models.CharField(max_length=60, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("id",)


class ApiToken(models.Model):
    """A token of the API: only its hash is kept; ``scopes`` are words with spaces between."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=200)
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    last_used = models.DateTimeField(null=True, blank=True)
    revoked = models.BooleanField(default=False)
