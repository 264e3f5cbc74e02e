import Logging

extension Login {
    /// Step 5: the provider exchanges the credential, through the guarded transport and within the deadline.
    mutating func exchange(
        _ form: CredentialForm,
        with provider: ResolvedProvider,
        in slot: Slot,
        until deadline: Deadline
    ) async throws(BrokerError) -> Authentication {
        let transport = GuardedTransport(
            broker.transport,
            policy: provider.instance.transportPolicy,
            deadline: deadline,
            secret: credential.value,
            others: credential.secrets,
            mayLeave: !form.provesItself
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
        let outcome = result.mapError { error -> BrokerError in
            if error is Race.DeadlinePassed { return .timedOut(waitingFor: transport.silentHost) }
            return broker.failure(for: error, of: providerID)
        }
        upstreamVerdict = CircuitBreaker.Verdict(of: outcome, hadTime: hasTime)
        if case .failure(let error) = outcome { upstreamFailure = error }
        return try outcome.get()
    }
}

extension Broker {
    /// The error for a failure in a provider's part of a login, or of its beginning.
    func failure(for error: any Error, of id: ProviderID) -> BrokerError {
        switch error {
        case let error as BrokerError:
            return error
        case is Race.DeadlinePassed:
            return .timedOut
        case is CancellationError where Task.isCancelled:
            return BrokerError(.cancelled, "The login was cancelled.")
        default:
            // Only the type: the description is its author's choice, and could be an upstream's answer.
            logger.error(
                "provider failed with an error of its own",
                metadata: ["broker.provider": "\(id)", "broker.error.type": "\(type(of: error))"]
            )
            return BrokerError(.internalError, "The provider failed in a way that it did not name.")
        }
    }
}

extension BrokerError {
    static var timedOut: BrokerError { timedOut(waitingFor: nil) }

    /// - Parameter host: The host that did not answer; nil if it is not known.
    static func timedOut(waitingFor host: String?) -> BrokerError {
        let cause = host.map { ": \($0) did not answer" } ?? ""
        return BrokerError(.timedOut, "The login was not over in time\(cause).")
    }
}
