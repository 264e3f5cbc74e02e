extension ProviderConformance {
    /// Somebody whom the kit invented, at one login.
    public struct Person: Sendable, Hashable {
        /// Who it is: the same number is the same person, whatever else differs. The subject follows from it alone.
        public let number: Int

        /// Letters that stand for this one login and occur nowhere else.
        ///
        /// They belong into everything that the upstream issues for the login: that is how the kit finds out whose a
        /// request is, and what it looks for where no credential and no token must be.
        public let tag: String

        /// The name as the upstream has it; the person may change it.
        public var name: String

        /// The URL of the picture; the person may change it.
        public var picture: String

        /// The e-mail address; the person may change it.
        public var email: String

        /// What the upstream says of the address; nil for nothing.
        public var isEmailVerified: Bool?

        /// The phone number in E.164 form; the person may change it.
        public var phoneNumber: String

        /// - Parameters:
        ///   - serial: Another one for every login of a bench; everything that follows is made from it.
        ///   - tag: The tag, if it is not to be made from the serial as well.
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

        /// The same for the same login, so that what is random in one is the same when it is played again.
        var seed: UInt64 {
            tag.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }
        }
    }
}
