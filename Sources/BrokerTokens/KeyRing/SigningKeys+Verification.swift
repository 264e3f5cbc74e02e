import IdentityBroker

extension SigningKeys {
    /// A read of the store for an unknown key.
    struct Inquiry: Sendable {
        let began: Duration
        let task: Task<Result<Void, BrokerError>, Never>
    }

    private static let inquiryInterval = Duration.seconds(3)

    /// The key of this id, if it verifies now. An unknown id is looked up in the store, since another process may have
    /// rotated the keys; but not for every made-up token.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/unavailable`` if the store fails.
    func verificationKey(_ id: String) async throws(BrokerError) -> TokenVerificationKey? {
        if let key = knownKey(id) { return key }
        try await storeAccess.wait(for: inquire()).get()
        return knownKey(id)
    }

    /// The key of this id for an ID token that comes as a hint, which may have expired long ago: also one that no longer
    /// verifies anything else, but not one that was withdrawn.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/unavailable`` if the store fails.
    func hintKey(_ id: String) async throws(BrokerError) -> TokenVerificationKey? {
        if let snapshot {
            if let key = snapshot.verificationKeys[id] { return key }
            if let retired = snapshot.retiredKeys[id] { return clock.now() < retired.until ? retired.key : nil }
        }
        return try await verificationKey(id)
    }

    private func knownKey(_ id: String) -> TokenVerificationKey? {
        guard let snapshot, let key = snapshot.verificationKeys[id],
            snapshot.ring.state(of: id, at: clock.now(), under: rotation) != .dropped
        else { return nil }
        return key
    }

    /// One read of the store serves all requests that arrive while it lasts, and the next follows only after a while.
    private func inquire() -> Task<Result<Void, BrokerError>, Never> {
        let now = clock.uptime()
        return inquiry.withLock { inquiry in
            if let inquiry, now - inquiry.began < Self.inquiryInterval { return inquiry.task }
            // Detached: it must not inherit the deadline of the first request.
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
    /// The ring may contain the key, and this process cannot tell.
    fileprivate static var unopenedKeyRing: BrokerError {
        BrokerError(.unavailable, "The signing keys were encrypted with another key. Try again later.")
    }
}
