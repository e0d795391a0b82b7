from menu.routers import opening_hours, reviews, specials

PUBLIC_ROUTERS = [
    specials.router,
    opening_hours.router,
    reviews.router,
]
