"""The access table of those who have an own page: Veikko, another client, a guardian."""

# What they get where it is not what `_elsewhere` of the table says.
OWN_PAGES = """
home                  get  302 302 302
home                  post 302 302 302
set_language          get  302 302 302
set_language          post 302 302 302
sign-in               get  302 302 302
sign-in               post 302 302 302
change-password       get  200 200 200
change-password       post 200 200 200
choose-role           get  200 200 200
sign-out              post 302 302 302
portal-home           get  200 200 200
portal-home           post 200 200 200
portal-appointment    get  404 200 404
portal-appointment    post 404 302 404
portal-worker-role    get  200 200 200
portal-worker-role    post 200 200 200
portal-seats          get  302 302 200
portal-seats          post 302 302 302
portal-permits        get  200 200 200
portal-permits        post 200 200 200
portal-withdraw       get  200 404 404
portal-withdraw       post 302 404 404
portal-deny           get  200 200 200
portal-deny           post 200 200 200
portal-change         get  200 404 404
portal-change         post 200 404 404
portal-answer         get  200 404 404
portal-answer         post 302 404 404
portal-refuse         get  200 404 404
portal-refuse         post 302 404 404
portal-guardians      get  200 200 200
portal-log            get  200 200 200
portal-log            post 200 200 200
portal-ask            get  200 404 404
portal-ask            post 200 404 404
portal-sign-in        get  302 302 302
portal-sign-in        post 302 302 302
portal-link           get  302 302 302
portal-sign-out       post 302 302 302
portal-leave          post 302 302 302
"""
