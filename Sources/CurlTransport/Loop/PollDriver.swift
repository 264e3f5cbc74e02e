import CLibcurl

/// `poll(2)` inside libcurl: portable, and the cheapest while upstreams answer at once.
struct PollDriver: MultiDriver {
    let multi: MultiHandle

    func advance() -> CURLMcode {
        var running: CInt = 0
        return curl_multi_perform(multi.pointer, &running)
    }

    func wait() -> CURLMcode {
        // libcurl's own timers cut the wait short; without any there is nothing to do but be woken.
        curl_multi_poll(multi.pointer, nil, 0, 60_000, nil)
    }
}
