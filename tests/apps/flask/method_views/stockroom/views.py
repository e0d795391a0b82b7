from flask import render_template_string
from flask.views import View


class HealthView(View):
    def dispatch_request(self):
        return {"status": "ok"}


class LabelView(View):
    methods = ["GET", "POST"]

    def __init__(self, template):
        self.template = template

    def dispatch_request(self, sku):
        return render_template_string(self.template, sku=sku)
