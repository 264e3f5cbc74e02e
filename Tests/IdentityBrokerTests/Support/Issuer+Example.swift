import IdentityBroker

extension Issuer {
    static let example = example("https://upstream.example/pool")

    static func example(_ text: String) -> Issuer {
        guard let issuer = Issuer(text) else { preconditionFailure("'\(text)' is not an issuer") }
        return issuer
    }
}
