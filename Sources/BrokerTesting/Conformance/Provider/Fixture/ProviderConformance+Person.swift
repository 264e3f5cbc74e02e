extension ProviderConformance {
    /// A person whom the kit invented, at one login.
    public struct Person: Sendable, Hashable {
        /// The person: the same number is the same person, whatever else differs. The subject follows from it alone.
        public let number: Int

        /// Letters that identify this one login and occur nowhere else.
        ///
        /// They belong in everything that the upstream issues for the login: that is how the kit attributes a request,
        /// and what it searches for where no credential and no token may be.
        public let tag: String

        /// The name as the upstream has it; the person may change it.
        public var name: String

        /// The URL of the picture; the person may change it.
        public var picture: String

        /// The e-mail address; the person may change it.
        public var email: String

        /// What the upstream says about the address; nil for nothing.
        public var isEmailVerified: Bool?

        /// The phone number in E.164 form; the person may change it.
        public var phoneNumber: String

        /// - Parameters:
        ///   - serial: Different for every login of a bench; everything else is derived from it.
        ///   - tag: The tag, unless it is derived from the serial as well.
        init(number: Int, serial: Int, tag: String? = nil) {
            var letters = RandomLetters(seed: serial)
            self.number = number
            self.tag = tag ?? letters.next(24)
            name = "Ada van \(letters.next(10))"
            picture = "https://pictures.example/\(letters.next(10)).png"
            email = "\(letters.next(10))@people.example"
            isEmailVerified = true
            phoneNumber = "+861\(letters.nextDigits(10))"
        }

        /// The same for the same login, so that random values repeat when the login is repeated.
        var seed: UInt64 {
            tag.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }
        }
    }

    /// A family of rules that does not apply to some upstreams. A fixture omits one by name, with its reason.
    public enum Family: String, Sendable, Hashable, CaseIterable {
        /// Answers that are not proper JSON. Omitted if the upstream speaks another format.
        case json = "answers that are not proper JSON"
        /// Answers whose id is invalid: ``Variant/identifier(_:)``.
        case identifiers = "answers that do not identify the person"
        /// Answers that do not admit the person: ``Variant/standing(_:)``.
        case standing = "people whom the upstream does not let in"
        /// Answers meant for someone else: ``Variant/anotherAudience``, ``Variant/anotherLogin`` and ``Variant/anyLogin``.
        case addressees = "answers for another app or login"
        /// Answers that are signed with an unknown key: ``Variant/unknownKey``. Of no concern to an upstream without
        /// requests that concern no person.
        case unknownKeys = "answers that are signed with an unknown key"
        /// An upstream that asks for patience, with status 429 and `Retry-After`.
        case patience = "upstreams that send Retry-After"
    }
}

/// Texts that occur nowhere else, except for the same seed.
struct RandomLetters {
    private var generator: SeededGenerator

    init(seed: Int) {
        generator = SeededGenerator(seed: UInt64(bitPattern: Int64(seed)))
    }

    /// Lower-case letters.
    mutating func next(_ count: Int) -> String {
        pick(count, from: "abcdefghijklmnopqrstuvwxyz")
    }

    mutating func nextDigits(_ count: Int) -> String {
        pick(count, from: "0123456789")
    }

    private mutating func pick(_ count: Int, from alphabet: String) -> String {
        String((0..<count).compactMap { _ in alphabet.randomElement(using: &generator) })
    }
}
