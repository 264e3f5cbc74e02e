import FuzzSupport
import IdentityBroker

/// The properties of a login: what the pipeline does with the provider's reading of an answer.
enum LoginProperties {
    static func check(_ answer: Answer, _ upstream: UpstreamIdentity) {
        let login = Login.answered(answer)
        switch login.outcome {
        case .success(let identity):
            property("A user who is let in is in good standing", holds: upstream.standing == .active)
            property(
                "The subject is the one that all places state", holds: identity.subject == upstream.subject.agreedValue)
            IdentityProperties.check(identity)
        case .failure(let error):
            property(
                "Only the gate refuses a record", holds: [.accessDenied, .upstreamMisbehaved].contains(error.kind))
            property("What nothing speaks against is let in", holds: !isPlain(upstream))
            property("An answer spends the ticket", holds: error.credential == .spent)
            property("A failure names its instance", holds: error.provider == "wxapp")
        }
        checkTraces(login)
    }

    /// Whether the record is of a user in good standing with an id in GenAuth's form, and does not contradict itself.
    /// Its other ids consist of letters and digits, unlike the secret and the ticket.
    private static func isPlain(_ upstream: UpstreamIdentity) -> Bool {
        guard upstream.standing == .active, let subject = upstream.subject.agreedValue,
            (1...255).contains(subject.utf8.count)
        else { return false }
        return subject.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            && upstream.alternateIdentifiers.allSatisfy { identifier in
                identifier.value.unicodeScalars.allSatisfy {
                    $0.properties.isAlphabetic || $0.properties.numericType != nil
                }
            }
            && upstream.agreements.allSatisfy { $0.statements.isEmpty || $0.agreedValue != nil }
    }

    /// The traces of a login reveal no secret.
    private static func checkTraces(_ login: Login) {
        property("A login is recorded once", holds: login.events.count == 1)
        var traces = [login.log] + login.events.map { "\($0)" }
        if case .failure(let error) = login.outcome {
            property("What is recorded is what is answered", holds: login.events.first?.failure == error.kind.rawValue)
            traces.append(String(reflecting: error))
        }
        for trace in traces {
            property("The secret stands in no trace", holds: !trace.holds(Login.secret))
            property("The ticket stands in no trace", holds: !trace.holds(Login.ticket))
        }
    }
}
