"""Ballots (满意度测评) of deputies on matters, and the votes."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from luoshi.store.models.matters import Matter
from luoshi.store.models.people import Person
from luoshi.store.models.reports import Report


class Ballot(models.Model):
    """A ballot: draft, open, closed. ``packet`` is what deputies are given to judge by."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, null=True, blank=True, related_name="ballots")
    title = models.CharField(max_length=200)
    opens = models.DateField()
    closes = models.DateField()
    state = models.CharField(max_length=20, default="draft")
    secret = models.BooleanField(default=True)
    packet = models.TextField(blank=True)
    revision = models.IntegerField(default=0)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)


class BallotMatter(models.Model):
    """A matter on a ballot, in its place."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="matters")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    place = models.IntegerField(default=0)

    class Meta:
        ordering = ("place", "id")
        constraints = (models.UniqueConstraint(fields=("ballot", "matter"), name="ballot_matter_once"),)


class Vote(models.Model):
    """One vote: ``voter`` is a key of ballot and deputy that does not name the deputy where the ballot is secret."""

    matter = models.ForeignKey(BallotMatter, on_delete=models.CASCADE, related_name="votes")
    voter = models.CharField(max_length=64)
    choice = models.CharField(max_length=20)
    remark = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("matter", "voter"), name="vote_once"),)


class PaperCount(models.Model):
    """How many paper ballots made a choice about a matter, as one person counted; two who agree make it count."""

    matter = models.ForeignKey(BallotMatter, on_delete=models.CASCADE, related_name="paper")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=20)
    count = models.IntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("matter", "person", "choice"), name="paper_count_once"),)
