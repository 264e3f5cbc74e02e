import IdentityBroker

extension SigningKeys {
    /// A look at the store for a key that is not known.
    struct Inquiry: Sendable {
        let began: Duration
        let task: Task<Result<Void, BrokerError>, Never>
    }

    private static let inquiryInterval = Duration.seconds(3)

    /// The key of this id, if it verifies now. An id that is not known is looked for in the store, since another process
    /// may have rotated; but not for every token that anybody makes up.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/unavailable`` if the store fails.
    func verificationKey(_ id: String) async throws(BrokerError) -> TokenVerificationKey? {
        if let key = knownKey(id) { return key }
        try await inquire().value.get()
        return knownKey(id)
    }

    private func knownKey(_ id: String) -> TokenVerificationKey? {
        guard let snapshot, let key = snapshot.verificationKeys[id],
            snapshot.ring.state(of: id, at: clock.now(), under: rotation) != .dropped
        else { return nil }
        return key
    }

    /// One look at the store for all who come while it lasts, and the next only after a while.
    private func inquire() -> Task<Result<Void, BrokerError>, Never> {
        let now = clock.uptime()
        return inquiry.withLock { inquiry in
            if let inquiry, now - inquiry.began < Self.inquiryInterval { return inquiry.task }
            // Detached: it must not inherit the deadline of the request that comes first.
            let task = Task.detached { [self] () async -> Result<Void, BrokerError> in
                do throws(BrokerError) { return .success(try await load()) } catch {
                    return .failure(error.kind == .misconfigured ? .unopenedKeyRing : error)
                }
            }
            inquiry = Inquiry(began: now, task: task)
            return task
        }
    }
}

extension BrokerError {
    /// The ring may have the key that is asked for, and this process cannot know.
    fileprivate static var unopenedKeyRing: BrokerError {
        BrokerError(.unavailable, "The signing keys were encrypted with another key. Try again later.")
    }
}
