wrk.method = "POST"
wrk.body = '{"command":"true;"}'
wrk.headers["content-type"] = "application/json"
