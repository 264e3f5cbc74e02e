import IdentityBroker

/// Hands outcomes to those who wait for them, all of a step at once.
///
/// Resuming a task wakes a thread of the cooperative pool, and on a busy machine the system runs that thread there and
/// then: the loop would be put aside for every single outcome. So one task is woken, and it resumes the others.
struct Delivery {
    /// An outcome on its way.
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

    /// Sends everything on its way.
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
