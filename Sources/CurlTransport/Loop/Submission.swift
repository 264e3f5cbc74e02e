import IdentityBroker

/// A request on its way to the loop, and the caller that waits for the answer. A class, since it changes hands often.
final class Submission: Sendable, Identifiable {
    /// Distinguishes the submissions of one transport.
    struct ID: Hashable, Sendable {
        private let value: UInt64

        init(_ value: UInt64) {
            self.value = value
        }
    }

    let id: ID
    let request: OutgoingRequest
    let policy: TransportPolicy
    let deadline: ContinuousClock.Instant
    let continuation: CheckedContinuation<Result<IncomingAnswer, TransportFailure>, Never>

    init(
        id: ID,
        request: OutgoingRequest,
        policy: TransportPolicy,
        deadline: ContinuousClock.Instant,
        continuation: CheckedContinuation<Result<IncomingAnswer, TransportFailure>, Never>
    ) {
        self.id = id
        self.request = request
        self.policy = policy
        self.deadline = deadline
        self.continuation = continuation
    }

    func fail(_ reason: TransportFailure.Reason, mayHaveLeft: Bool) {
        continuation.resume(returning: .failure(TransportFailure(reason, mayHaveLeft: mayHaveLeft)))
    }
}

/// Hands outcomes to the tasks that wait for them, all outcomes of a step at once.
///
/// Resuming a task wakes a thread of the cooperative pool, and a busy machine runs that thread immediately: every
/// single outcome would suspend the loop. So the loop wakes one task, which resumes the others.
struct Delivery {
    /// An outcome to be delivered.
    struct Parcel: Sendable {
        let continuation: CheckedContinuation<Result<IncomingAnswer, TransportFailure>, Never>
        let outcome: Result<IncomingAnswer, TransportFailure>

        func hand() {
            continuation.resume(returning: outcome)
        }
    }

    private var parcels: [Parcel] = []

    /// Keeps an outcome until the next ``handOut()``.
    mutating func add(_ parcel: Parcel) {
        parcels.append(parcel)
    }

    /// Delivers everything that was kept.
    mutating func handOut() {
        if parcels.count > 1 {
            Task { [parcels] in
                for parcel in parcels { parcel.hand() }
            }
        } else if let parcel = parcels.first {
            parcel.hand()
        }
        parcels = []
    }
}
