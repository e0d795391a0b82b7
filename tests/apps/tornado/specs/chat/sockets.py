from tornado.websocket import WebSocketHandler


class ChatSocket(WebSocketHandler):
    def open(self, room):
        self.room = room

    def on_message(self, message):
        self.write_message(message)
