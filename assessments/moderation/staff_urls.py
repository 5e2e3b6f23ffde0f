"""The addresses at which moderators work, all under /moderation/."""

from django.urls import path

from assessments.moderation.views import case, deciding, figures, golden, holding, making, preferences, queue

app_name = "moderation_staff"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("next/", queue.take, name="take"),
    path("filters/", queue.save, name="save_filter"),
    path("filters/<slug:key>/delete/", queue.forget, name="forget_filter"),
    path("cases/<slug:key>/", case.case, name="case"),
    path("cases/<slug:key>/post/", case.post, name="post"),
    path("cases/<slug:key>/posts/<slug:post_key>/split-off/", case.split, name="split"),
    path("cases/<slug:key>/preview/", deciding.preview, name="preview"),
    path("cases/<slug:key>/decide/", deciding.decide, name="decide"),
    path("cases/<slug:key>/answers/<int:pk>/undo/", deciding.undo, name="undo"),
    path("cases/<slug:key>/assign/", holding.assign, name="assign"),
    path("cases/<slug:key>/take-over/", holding.take_over, name="take_over"),
    path("cases/<slug:key>/release/", holding.release, name="release"),
    path("cases/<slug:key>/skip/", holding.skip, name="skip"),
    path("cases/<slug:key>/renew/", holding.renew, name="renew"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("assessments/<int:pk>/", making.case_of, name="case_of"),
    path("figures/", figures.page, name="figures"),
    path("figures/figures.csv", figures.sheet, name="figures_csv"),
    path("figures/<int:number>/", figures.year, name="transparency"),
    path("figures/<int:number>/transparency.csv", figures.year_as_csv, name="transparency_csv"),
    path("practice/", golden.practice, name="practice"),
    path("practice/write/", golden.write, name="write_practice"),
    path("practice/<int:pk>/switch-off/", golden.switch_off, name="switch_off_practice"),
]
