from django.urls import path

from rinnalla.accounts import views

urlpatterns = [
    path("kirjaudu/", views.SignIn.as_view(), name="sign-in"),
    path("ulos/", views.sign_out, name="sign-out"),
    path("salasana/", views.ChangePassword.as_view(), name="change-password"),
]
