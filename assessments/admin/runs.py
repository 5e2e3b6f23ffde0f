"""What the pages of runs over the stored posts share: start, look, stop, go on. Each button is a form of its own."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from assessments.admin.audited import Audited
from assessments.admin.looking import LookOnly
from assessments.auditing import record
from assessments.running import RunError
from posts.jobs import is_given_up


class RunAdmin(Audited, LookOnly, admin.ModelAdmin):
    """The subclass says which permission the buttons ask for, and does what they say.

    It has `page` (the title), `permission`, `job` (that of a batch), and the methods start(request), stop(run),
    resume(run), newest() and tables(run), which gives the rest of the page's context. start(request) returns the run.
    """

    list_display = ("__str__", "state", "posts_done", "posts_total", "started_by_name", "ended_at")
    list_filter = ("state",)
    ordering = ("-id",)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("assessments.view_checklist")

    def get_urls(self):
        named = f"assessments_{self.opts.model_name}_%s"
        view = self.admin_site.admin_view
        return [
            path("newest/", view(self.newest_view), name=named % "newest"),
            path("start/", view(self.start_view), name=named % "start"),
            path("<int:pk>/stop/", view(self.stop_view), name=named % "stop"),
            path("<int:pk>/resume/", view(self.resume_view), name=named % "resume"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page of one run; for htmx only how far it is."""
        self._check_may_look(request)
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        run = self.get_object(request, object_id)
        if run is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not request.htmx:
            return self._page(request, run)
        if not run.is_running:
            return HttpResponseClientRefresh()  # the tables are ready
        about = {"run": run, "opts": self.opts, "given_up": self._is_given_up(run)}
        return render(request, "admin/assessments/_run_progress.html", about)

    @method_decorator(require_safe)
    def newest_view(self, request):
        """The page of the newest run, or of none, where the first can be started."""
        self._check_may_look(request)
        return self._page(request, self.newest())

    @method_decorator(require_POST)
    def start_view(self, request):
        self._check_may_act(request)
        self._try(request, "start", "Started. You can leave this page: it goes on without you.", self.start, request)
        return redirect(f"admin:assessments_{self.opts.model_name}_newest")

    @method_decorator(require_POST)
    def stop_view(self, request, pk):
        return self._act(request, pk, "stop", "Stopped. What is done stays.", self.stop)

    @method_decorator(require_POST)
    def resume_view(self, request, pk):
        return self._act(request, pk, "resume", "It goes on from where it was.", self.resume)

    def _act(self, request, pk, verb, done, action):
        self._check_may_act(request)
        run = self.get_object(request, str(pk))
        if run is None:
            raise Http404
        self._try(request, verb, done, action, run)
        return redirect(f"admin:assessments_{self.opts.model_name}_change", pk)

    def _try(self, request, verb, done, action, *args):
        try:
            with transaction.atomic():
                run = action(*args)
                record(by=request.user, verb=f"{verb} a run", what=run)
        except RunError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, done, messages.SUCCESS)

    def _check_may_look(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _check_may_act(self, request):
        if not request.user.has_perm(self.permission):
            raise PermissionDenied

    def _is_given_up(self, run):
        return bool(run and run.is_running and is_given_up(self.job, run=run.pk, batch=run.batch))

    def _page(self, request, run):
        context = {
            **self.admin_site.each_context(request),
            "title": self.page,
            "opts": self.opts,
            "run": run,
            # By the names that Django's own pages have.
            "original": run,
            "has_change_permission": False,
            "given_up": self._is_given_up(run),
            "may_act": request.user.has_perm(self.permission),
            **self.tables(run),
        }
        return TemplateResponse(request, f"admin/assessments/{self.opts.model_name}/page.html", context)
