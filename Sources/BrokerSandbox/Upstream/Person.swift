/// A person whom the sandboxes know.
package struct Person: Sendable, Hashable {
    /// From 1; vendors make their own kinds of ids of it.
    package let number: Int
    /// The name by which they are chosen.
    package let name: String
    package let givenName: String
    package let familyName: String
    package let email: String?
    package let isEmailVerified: Bool
    package let phoneNumber: String

    /// Given and family name.
    package var fullName: String { "\(givenName) \(familyName)" }

    /// The URL of a picture.
    package var picture: String { "https://people.example/\(name).png" }

    /// What is particular about them.
    package var description: String {
        guard email != nil else { return "\(fullName), without an e-mail address" }
        return "\(fullName), with \(isEmailVerified ? "a verified" : "an unverified") e-mail address"
    }

    /// The person for the command line.
    package var sandboxPerson: SandboxPerson { SandboxPerson(name, description) }

    /// Everybody. The first signs in unless another is named.
    package static let all = [
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
    package var profile: Members {
        ["name": .text(fullName), "picture": .text(picture)]
    }

    /// Given and family name.
    package var nameParts: Members {
        ["given_name": .text(givenName), "family_name": .text(familyName)]
    }

    /// The e-mail address, and whether it is verified; neither if there is none.
    package var contact: Members {
        email.map { ["email": .text($0), "email_verified": .boolean(isEmailVerified)] } ?? [:]
    }
}
