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
        let settlement = reservation.map { StoreOperation.settle($0, as: fate == .unused ? .released : .spent) }
        var accepted: SignIn?
        if case .success = verdict { accepted = signIn }
        switch (settlement, accepted) {
        case (let settlement?, let signIn?):
            return try await commit([settlement, .signIn(signIn), .append(event)], as: .signIn)
        case (nil, let signIn?):
            return try await commit([.signIn(signIn), .append(event)], as: .signIn)
        case (let settlement?, nil):
            return try await commit([settlement, .append(event)], as: .conclude)
        case (nil, nil):
            try await recordRefusal(event)
            return nil
        }
    }

    /// Commits the last transaction of the login.
    ///
    /// - Returns: The account of its sign-in, if there is one.
    private func commit(
        _ operations: [StoreOperation],
        as operation: StoreAccess.Operation
    ) async throws(StoreFailure) -> AccountID? {
        let (store, now) = (broker.store, began)
        return try await broker.storeAccess.call(operation, until: deadline, isVerdict: true) {
            () async throws(StoreFailure) in
            switch try await store.commit(operations, at: now) {
            case .done(_, let account): return account
            case .refused: throw .recordIsTaken
            }
        }
    }

    /// Records a login that was refused before its credential was reserved.
    private func recordRefusal(_ event: AuditEvent) async throws(StoreFailure) {
        guard let count = refusals.map({ $0.count(event) }) ?? 1 else { return }
        let recorded = count > 1 ? event.noting(.stands(for: count)) : event
        do throws(StoreFailure) {
            _ = try await commit([.append(recorded)], as: .append)
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

extension StoreFailure {
    /// The failure of a sign-in with a record whose id another one has, or had until recently: a login's last transaction
    /// requires nothing else.
    fileprivate static var recordIsTaken: StoreFailure {
        StoreFailure(
            "A sign-in has a record with an id that is taken. Give each new record an id of its own.",
            mayHaveHappened: false)
    }
}
