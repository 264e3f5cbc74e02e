import LoadGeneration
import Measurement
import Synchronization

/// The times between an upstream's answer and the identity, of sequential logins.
final class MappingTimes: Sendable {
    let durations = Durations()
    private let answered = Atomic<UInt64>(0)

    /// The transport returns the answer.
    func begin() {
        answered.store(usage_time(), ordering: .relaxed)
    }

    /// The provider returns the identity.
    func end() {
        durations.add(nanoseconds: usage_time() - answered.load(ordering: .relaxed))
    }
}
