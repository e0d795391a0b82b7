import falcon


class RequireKey:
    def process_request(self, req, resp):
        if req.get_header("X-Key") is None:
            raise falcon.HTTPUnauthorized(title="no key")
