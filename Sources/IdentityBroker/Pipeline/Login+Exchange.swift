import Logging

extension Login {
    /// Step 5: the provider exchanges the credential, through the guarded transport and until the deadline.
    mutating func exchange(
        with provider: ResolvedProvider,
        in slot: Slot,
        until deadline: Deadline
    ) async throws(BrokerError) -> Authentication {
        let transport = GuardedTransport(
            broker.transport,
            policy: provider.instance.transportPolicy,
            deadline: deadline,
            secret: credential.value,
            others: credential.secrets
        )
        let (plugin, credential, ledger) = (provider.provider, credential, provider.instance.ledger)
        let context = ExchangeContext(
            deadline: deadline,
            logger: broker.logger.redacting { ledger.redactor(with: credential) },
            now: began,
            transport: transport,
            sharedValues: provider.entry.sharedValues,
            ledger: ledger
        )
        let hasTime = deadline.remaining >= provider.instance.limits.timeout / 2
        slot.hold()
        requester?.loginWillWait()
        let result = await Race.run(until: deadline) {
            Authentication(try await plugin.authenticate(credential, in: context))
        } whenOver: {
            slot.leave()
        }
        departure = await transport.seal()
        hasResent = transport.hasResent
        requester?.loginDidWait()
        let outcome = result.mapError { broker.failure(for: $0, of: providerID) }
        upstreamVerdict = Self.verdict(of: outcome, hadTime: hasTime)
        if case .failure(let error) = outcome { upstreamFailure = error }
        return try outcome.get()
    }

    /// What the exchange says of the upstream. A refused credential says that it works.
    private static func verdict(
        of outcome: Result<Authentication, BrokerError>,
        hadTime: Bool
    ) -> CircuitBreaker.Verdict {
        guard case .failure(let error) = outcome else { return .healthy }
        // Otherwise one failure would open the circuit breaker by being remembered.
        if error.isRemembered { return .undecided }
        switch error.kind {
        case .upstreamUnavailable, .upstreamMisbehaved: return .failing
        // Of a login that waited long for its turn the upstream did not get the time that it is allowed.
        case .timedOut: return hadTime ? .failing : .undecided
        case .invalidCredential, .credentialAlreadyUsed, .credentialExpired, .cancelledByUser, .accessDenied,
            .interactionRequired:
            return .healthy
        default: return .undecided
        }
    }
}

extension Broker {
    /// What a provider's part of a login failed with, or of the beginning of one.
    func failure(for error: any Error, of id: ProviderID) -> BrokerError {
        switch error {
        case let error as BrokerError:
            return error
        case is Race.DeadlinePassed:
            return .timedOut
        case is CancellationError where Task.isCancelled:
            return BrokerError(.cancelled, "The login was cancelled.")
        default:
            // Only the type: the description is whatever its author made of it, an upstream's answer perhaps.
            logger.error(
                "provider failed with an error of its own",
                metadata: ["broker.provider": "\(id)", "broker.error.type": "\(type(of: error))"]
            )
            return BrokerError(.internalError, "The provider failed in a way that it did not name.")
        }
    }
}

extension BrokerError {
    static var timedOut: BrokerError { BrokerError(.timedOut, "The login was not over in time.") }
}
