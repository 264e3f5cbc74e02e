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
}
