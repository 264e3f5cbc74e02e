import CLibcurl

/// `poll(2)` inside libcurl: portable, and the cheapest option while upstreams answer at once.
struct PollDriver: MultiDriver {
    let multi: MultiHandle

    func advance() -> CURLMcode {
        var running: CInt = 0
        return curl_multi_perform(multi.pointer, &running)
    }

    func wait(milliseconds: CInt) -> CURLMcode {
        curl_multi_poll(multi.pointer, nil, 0, milliseconds, nil)
    }
}
