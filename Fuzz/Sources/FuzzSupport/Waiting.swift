import Dispatch
import Synchronization

/// Runs asynchronous work to completion, for a synchronous caller.
public func waiting<Value: Sendable>(for work: @escaping @Sendable () async -> Value) -> Value {
    let result = Box<Value>()
    let done = DispatchSemaphore(value: 0)
    Task {
        result.put(await work())
        done.signal()
    }
    done.wait()
    return result.take()
}

private final class Box<Value: Sendable>: Sendable {
    private let content = Mutex<Value?>(nil)

    func put(_ value: Value) {
        content.withLock { $0 = value }
    }

    func take() -> Value {
        // Set before the waiting thread is woken.
        guard let value = content.withLock({ $0 }) else { fatalError("The work has not ended.") }
        return value
    }
}
