extension Login {
    /// Part of step 6: the record that admits this one login, such as a nonce that the broker issued, is used up. Comes
    /// after everything that can refuse the credential, so that a forgery spends nothing.
    mutating func consumeAdmission(until deadline: Deadline) async throws(BrokerError) {
        guard let key = admission else { return }
        let (store, now) = (broker.store, began)
        let result: CommitResult
        do throws(StoreFailure) {
            result = try await broker.storeAccess.call(.commit, until: deadline) { () async throws(StoreFailure) in
                try await store.commit([.consume(key, version: nil)], at: now)
            }
        } catch {
            leave(error.mayHaveHappened ? .unknown : .unused)
            throw BrokerError(error)
        }
        guard case .done = result else {
            // What it was issued for is bound to it, and good for no other login.
            leave(.spent)
            throw .admissionGone
        }
    }

    private mutating func leave(_ fate: CredentialFate) {
        fateIfUnsent = fate
        if reservation == nil { self.fate = fate }
    }
}

extension BrokerError {
    /// The refusal of a nonce that does not admit a login, or no longer.
    package static var admissionGone: BrokerError {
        BrokerError(
            .invalidCredential,
            "The nonce was used before, has expired, or was not issued to this client. Get another.")
    }
}
