import BrokerSandbox

/// A person whom the sandbox knows.
struct Person: Sendable, Hashable {
    /// From 1; vendors make their own kinds of ids of it.
    let number: Int
    /// The name by which they are chosen.
    let name: String
    let givenName: String
    let familyName: String
    let email: String?
    let isEmailVerified: Bool
    let phoneNumber: String

    var fullName: String { "\(givenName) \(familyName)" }

    var picture: String { "https://people.example/\(name).png" }

    /// What is particular about them.
    var description: String {
        guard email != nil else { return "\(fullName), without an e-mail address" }
        return "\(fullName), with \(isEmailVerified ? "a verified" : "an unverified") e-mail address"
    }

    var sandboxPerson: SandboxPerson { SandboxPerson(name, description) }

    static let all = [
        Person(
            number: 1, name: "ada", givenName: "Ada", familyName: "Lovelace", email: "ada@people.example",
            isEmailVerified: true, phoneNumber: "+12025550101"),
        Person(
            number: 2, name: "grace", givenName: "Grace", familyName: "Hopper", email: "grace@people.example",
            isEmailVerified: false, phoneNumber: "+12025550102"),
        Person(
            number: 3, name: "alan", givenName: "Alan", familyName: "Turing", email: nil, isEmailVerified: false,
            phoneNumber: "+12025550103"),
    ]
}

extension Person {
    /// Name and picture, as most vendors have them (OpenID Connect Core §5.1).
    var profile: Members {
        ["name": .text(fullName), "picture": .text(picture)]
    }

    /// Given and family name.
    var nameParts: Members {
        ["given_name": .text(givenName), "family_name": .text(familyName)]
    }

    /// The e-mail address, and whether it is verified; neither if there is none.
    var contact: Members {
        email.map { ["email": .text($0), "email_verified": .boolean(isEmailVerified)] } ?? [:]
    }
}

extension Members {
    /// Both; what the other one has counts.
    func with(_ other: Members) -> Members { merging(other) { _, new in new } }
}
