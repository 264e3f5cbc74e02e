import IdentityBroker

/// A launch request in the form that `broker launch --format json` writes.
struct LaunchAnswer: Encodable {
    let provider: ProviderID
    let request: LaunchRequest

    func encode(to encoder: any Encoder) throws {
        var members = ["provider": provider.rawValue, "target": request.target]
        for parameter in request.parameters { members[parameter.name] = parameter.value }
        try members.encode(to: encoder)
    }
}
