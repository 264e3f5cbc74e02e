import IdentityBroker

/// Samples the refused logins of a public client: anyone can send its id.
struct StrangerLogins: RefusalSampling {
    let service: TokenService
    let client: String
    let caller: CallerKey?

    func count(_ refusal: AuditEvent) -> Int? {
        service.refusals.withLock { $0.count(kind(of: refusal), at: service.clock.uptime()) }
    }

    func putBack(_ count: Int, like refusal: AuditEvent) {
        service.refusals.withLock { $0.putBack(count, of: kind(of: refusal), at: service.clock.uptime()) }
    }

    private func kind(of refusal: AuditEvent) -> RefusalSampler.Kind {
        RefusalSampler.Kind(action: refusal.action, outcome: refusal.failure ?? "", client: client, caller: caller)
    }
}

extension TokenService {
    /// How to sample the refused logins of a client; nil to record each.
    func strangerLogins(of client: TokenClient) -> StrangerLogins? {
        client.isConfidential ? nil : StrangerLogins(service: self, client: client.id, caller: RefusalSource.caller)
    }
}
