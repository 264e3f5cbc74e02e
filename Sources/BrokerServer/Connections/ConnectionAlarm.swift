import NIOCore

/// Has the deadlines of a connection kept, on its event loop.
final class ConnectionAlarm {
    private var next: (time: NIODeadline, task: Scheduled<Void>)?
    private var isOver = false

    /// Sets it, unless it goes off earlier as it is. One that is early is set anew when it goes off: most deadlines are
    /// replaced in time.
    ///
    /// - Parameters:
    ///   - deadline: When it goes off at the latest; nil where there is nothing to wait for.
    ///   - action: What is done then. It sets the next one.
    func set(for deadline: NIODeadline?, on eventLoop: any EventLoop, _ action: @escaping () -> Void) {
        guard let deadline, !isOver else { return }
        if let next {
            guard deadline < next.time else { return }
            next.task.cancel()
        }
        let task = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in
            self?.next = nil
            action()
        }
        next = (deadline, task)
    }

    /// Ends it for good.
    func end() {
        isOver = true
        next?.task.cancel()
        next = nil
    }
}
