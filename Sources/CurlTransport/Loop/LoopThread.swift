import CLibcurlShims

/// The transport's own thread, so that libcurl never blocks a thread of the cooperative pool while it waits.
enum LoopThread {
    /// Runs the body on a new thread, once. Unless this throws, that thread owns what the body holds from then on.
    static func start(_ body: @escaping () -> Void) throws(CurlStartFailure) {
        let context = Unmanaged.passRetained(Body(run: body))
        let failure = curlshim_thread_start(
            { Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run() },
            context.toOpaque()
        )
        guard failure == 0 else {
            context.release()
            throw CurlStartFailure(.outOfResources, "The transport's thread cannot be started (error \(failure)).")
        }
    }

    private final class Body {
        let run: () -> Void

        init(run: @escaping () -> Void) {
            self.run = run
        }
    }
}
