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
    /// What is particular about them at one vendor, to follow their name; nil if it is their e-mail address.
    package private(set) var particular: String?

    /// Creates a person whom one vendor alone knows, without an e-mail address.
    ///
    /// - Parameter number: None of ``all`` has it.
    package init(number: Int, name: String, givenName: String, familyName: String, phoneNumber: String) {
        self.init(
            number: number, name: name, givenName: givenName, familyName: familyName, email: nil,
            isEmailVerified: false, phoneNumber: phoneNumber)
    }

    private init(
        number: Int,
        name: String,
        givenName: String,
        familyName: String,
        email: String?,
        isEmailVerified: Bool,
        phoneNumber: String
    ) {
        self.number = number
        self.name = name
        self.givenName = givenName
        self.familyName = familyName
        self.email = email
        self.isEmailVerified = isEmailVerified
        self.phoneNumber = phoneNumber
    }

    /// The same person, described by what is particular about them at a vendor.
    package func described(by particular: String) -> Person {
        var person = self
        person.particular = particular
        return person
    }

    /// Given and family name.
    package var fullName: String { "\(givenName) \(familyName)" }

    /// The URL of a picture.
    package var picture: String { "https://people.example/\(name).png" }

    /// What is particular about them.
    package var description: String {
        if let particular { return "\(fullName), \(particular)" }
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
