import NIOCore

/// Enforces a connection's deadlines, on its event loop.
final class ConnectionAlarm {
    private var next: (time: NIODeadline, task: Scheduled<Void>)?
    private var isOver = false

    /// Sets the alarm, unless it already goes off earlier. An early alarm is set again when it goes off: most deadlines
    /// are replaced before that.
    ///
    /// - Parameters:
    ///   - deadline: The latest time for it to go off; nil if there is nothing to wait for.
    ///   - action: What to do then. It sets the next alarm.
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

    /// Cancels it for good.
    func end() {
        isOver = true
        next?.task.cancel()
        next = nil
    }
}
