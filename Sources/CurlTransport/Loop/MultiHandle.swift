import CLibcurl
import CLibcurlShims

/// A libcurl multi handle: the connections and the resolver cache of one transport.
///
/// Belongs to the loop's thread once that runs; other threads may use only the ``waker``.
struct MultiHandle {
    let pointer: UnsafeMutableRawPointer
    /// The sockets of its connections, for the callbacks of its transfers.
    let sockets: OpaquePointer
    /// How many transfers may be under way; each takes descriptors even before it has a connection.
    let mostTransfers: Int

    init(connectionPoolSize: Int, mostTransfers: Int) throws(CurlStartFailure) {
        guard let pointer = curl_multi_init() else {
            throw CurlStartFailure(.outOfResources, "libcurl has no memory or no descriptors for a multi handle.")
        }
        let mostTransfers = max(mostTransfers, 1)
        let poolSize = min(max(connectionPoolSize, 1), Int(CInt.max))
        // A transfer may try one address of each family at once; the pool keeps connections that no transfer uses.
        let mostSockets = 2 * min(mostTransfers, Int(CInt.max)) + poolSize
        guard let sockets = curlshim_sockets_create(mostSockets) else {
            curl_multi_cleanup(pointer)
            throw CurlStartFailure(.outOfResources, "There is no memory for the transport.")
        }
        self.pointer = pointer
        self.sockets = sockets
        self.mostTransfers = mostTransfers
        // The default pool is four times the number of transfers, and shrinks with it.
        _ = curlshim_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, CLong(poolSize))
    }

    /// Wakes the loop's thread while it waits in libcurl.
    var waker: Waker { Waker(pointer: pointer) }

    /// Closes every connection. The multi handle must not contain an easy handle any more.
    func cleanUp() {
        curl_multi_cleanup(pointer)
        curlshim_sockets_destroy(sockets)
    }

    /// Wakes the thread that waits for transfers.
    // Unchecked: its only use of the pointer, `curl_multi_wakeup`, may come from any thread (curl_multi_wakeup(3)). The
    // handle must not be cleaned up yet, which the ``Inbox`` ensures.
    struct Waker: @unchecked Sendable {
        fileprivate let pointer: UnsafeMutableRawPointer

        func callAsFunction() {
            curl_multi_wakeup(pointer)
        }
    }
}

/// How the loop waits for libcurl's sockets and timers, and lets libcurl continue.
protocol MultiDriver {
    /// Lets libcurl do whatever it can without waiting.
    func advance() -> CURLMcode

    /// Waits until libcurl has something to do, the multi handle's waker is called, or the time is over.
    func wait(milliseconds: CInt) -> CURLMcode
}

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
