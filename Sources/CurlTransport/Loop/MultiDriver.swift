import CLibcurl

/// How the loop waits for libcurl's sockets and timers, and lets libcurl continue.
protocol MultiDriver {
    /// Lets libcurl do whatever it can without waiting.
    func advance() -> CURLMcode

    /// Waits until libcurl has something to do, the multi handle's waker is called, or the time is over.
    func wait(milliseconds: CInt) -> CURLMcode
}
