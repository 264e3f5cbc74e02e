import Logging
import Metrics

extension Login {
    /// Step 8: the outcome, the credential's fate and the audit event are recorded before anyone learns of them.
    mutating func conclude(_ outcome: Result<Identity, BrokerError>) async -> Result<Identity, BrokerError> {
        settleFate(outcome)
        await bindFlow()
        var verdict = outcome
        if case .failure(let error) = outcome { verdict = .failure(settled(error)) }
        let event = auditEvent(for: verdict)
        do throws(StoreFailure) {
            account = try await record(event, of: verdict)
        } catch {
            // The release may or may not have happened; a spent credential stays spent.
            if reservation != nil, fate == .unused { fate = .unknown }
            let consequence = "The login could not be recorded, so it does not count."
            let failure = settled(BrokerError(error, consequence: consequence))
            report(auditEvent(for: .failure(failure)))
            return .failure(failure)
        }
        report(event)
        if case .failure(let error) = verdict, entry != nil { broker.notices.report(error, of: providerID) }
        broker.housekeeper.countLogin()
        return verdict
    }

    /// A success spends the credential even if nothing left, as with a provider that only checks a signature.
    private mutating func settleFate(_ outcome: Result<Identity, BrokerError>) {
        guard reservation != nil else { return }
        switch (outcome, departure) {
        case (.success, _), (.failure, .answered): fate = .spent
        case (.failure, .unanswered): fate = .unknown
        case (.failure, .nothingLeft): fate = fateIfUnsent
        }
    }

    /// - Returns: The account of a successful login, if it was to lead to one.
    private func record(
        _ event: AuditEvent,
        of verdict: Result<Identity, BrokerError>
    ) async throws(StoreFailure) -> AccountID? {
        let (store, reservation, purpose, signIn) = (broker.store, reservation, purpose, signIn)
        let outcome: OneTimeOutcome = fate == .unused ? .released : .spent
        let access = broker.storeAccess
        if case .success = verdict, let signIn, case .account(let accounts, _, _) = purpose {
            return try await access.call(.signIn, until: deadline, isVerdict: true) { () async throws(StoreFailure) in
                try await accounts.signIn(signIn, spending: reservation, recording: event)
            }
        }
        if let reservation {
            try await access.call(.conclude, until: deadline, isVerdict: true) { () async throws(StoreFailure) in
                try await store.conclude(reservation, as: outcome, recording: event)
            }
        } else {
            try await recordRefusal(event)
        }
        return nil
    }

    /// Records a login that was refused before its credential was reserved.
    private func recordRefusal(_ event: AuditEvent) async throws(StoreFailure) {
        guard let count = refusals.map({ $0.count(event) }) ?? 1 else { return }
        let recorded = count > 1 ? event.noting(.stands(for: count)) : event
        let (store, access) = (broker.store, broker.storeAccess)
        do throws(StoreFailure) {
            try await access.call(.append, until: deadline, isVerdict: true) { () async throws(StoreFailure) in
                try await store.append(recorded)
            }
        } catch {
            // The login is answered with the store's failure, and no longer counts as a refusal.
            refusals?.putBack(count - 1, like: event)
            throw error
        }
    }

    func settled(_ error: BrokerError) -> BrokerError {
        error.settled(
            provider: entry == nil ? nil : providerID,
            credential: fate,
            redactor: entry?.instance.ledger.redactor(with: credential) ?? Redactor(credential.secrets)
        )
    }

    private func auditEvent(for verdict: Result<Identity, BrokerError>) -> AuditEvent {
        let identity = try? verdict.get()
        var error: BrokerError?
        if case .failure(let failure) = verdict { error = failure }
        return AuditEvent(
            login: id,
            client: purpose.client,
            began: began,
            duration: broker.clock.uptime() - stopwatch,
            provider: providerID.rawValue,
            providerType: entry?.instance.manifest.type,
            credentialKind: credential.kind.rawValue,
            issuer: (identity?.issuer ?? entry?.instance.issuer)?.rawValue,
            subject: identity?.subject,
            failure: error?.kind.rawValue,
            credential: fate.rawValue,
            upstreamCode: error?.upstreamCode,
            notices: (identity?.notices ?? []).map(\.rawValue) + ownNotices.map(\.rawValue)
        )
    }

    /// What the pipeline notes in the audit event alone, since it is not about the person.
    private var ownNotices: [Notice] {
        (hasResent ? [.appTokenRenewed] : []) + (refusal.map { [.refused(byRule: $0.rule)] + $0.notices } ?? [])
    }

    private func report(_ event: AuditEvent) {
        let outcome = event.failure ?? "success"
        // Unconfigured ids would let a caller create any number of time series.
        let provider = entry == nil ? "unknown" : event.provider
        let (factory, dimensions) = (MetricsSystem.factory, [("provider", provider), ("outcome", outcome)])
        Counter(label: "broker_logins_total", dimensions: dimensions, factory: factory).increment()
        Metrics.Timer(label: "broker_login_duration_seconds", dimensions: dimensions, factory: factory)
            .record(duration: event.duration)
        broker.logger.info(
            "login",
            metadata: [
                "broker.login": "\(event.login)",
                "broker.provider": "\(provider)",
                "broker.outcome": "\(outcome)",
                "broker.credential": "\(event.credential)",
                "broker.upstream_code": "\(event.upstreamCode ?? "-")",
            ]
        )
    }
}
