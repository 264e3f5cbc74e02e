import IdentityBroker

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
