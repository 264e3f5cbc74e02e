import IdentityBroker
import LoopbackServer

extension ProviderBench {
    /// The login of a person whom the upstream refuses like this.
    func login(under refusal: UpstreamRefusal) async throws -> Attempt {
        try await login(Treatment(answers: [refusal.request: { _ in [.respond(refusal.response(AnswerFault.words))] }]))
    }

    /// The login of a person whose answers have this fault; nil if the upstream's answers cannot have it.
    ///
    /// Only the requests of a login show whether the fixture has such answers, so this logs the person in first.
    func login(as variant: ProviderConformance.Variant) async throws -> Attempt? {
        let person = person()
        let attempt = try await login(of: person, Treatment(variant: variant))
        let isPossible = requests(of: person).allSatisfy { request in
            fixture.response(to: request, about: person, as: variant) != nil
        }
        return isPossible ? attempt : nil
    }
}

extension ProviderConformance.Variant {
    /// Every variant that must not be admitted.
    static let refused = identifiers + standings + addressees + [.anyLogin, .unknownKey]
    static let identifiers = ProviderConformance.IdentifierFault.allCases.map { Self.identifier($0) }
    static let standings = [AccountStanding.blocked, .deleted, .suspended, .unrecognized].map { Self.standing($0) }

    static let addressees: [Self] = [.anotherAudience, .anotherLogin]

    /// The variant in a few words.
    var circumstances: String {
        switch self {
        case .correct: "a correct answer"
        case .identifier(let fault): "an answer whose id is \(fault)"
        case .standing(let standing): "a person who is \(standing)"
        case .anotherAudience: "an answer that was made for another app"
        case .anotherLogin: "an answer that was made for another login"
        case .anyLogin: "an answer that does not say which login it was made for"
        case .unknownKey: "an answer that is signed with an unknown key"
        }
    }
}
