"""The core over HTTP: one small module a concern, put together by `service.app.create_app`."""
