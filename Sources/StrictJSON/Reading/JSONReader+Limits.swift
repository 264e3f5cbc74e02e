extension JSONReader {
    /// How large a document may be. A document at a limit is read; one beyond it is refused.
    public struct Limits: Sendable, Hashable {
        /// The most bytes a document may have; 256 KiB by default. The limit is never more than 4 GiB less a byte,
        /// whatever is set.
        public var maximumBytes: Int {
            get { byteCount }
            set { byteCount = min(newValue, Int(UInt32.max)) }
        }

        /// The most arrays and objects that may be open at once; 32 by default, where `[[]]` needs two.
        ///
        /// Never more than 128 are allowed, whatever is set: the reader could handle more, but creating and comparing
        /// values recurses level by level on the caller's stack.
        public var maximumDepth: Int {
            get { depth }
            set { depth = min(max(newValue, 0), 128) }
        }

        private var byteCount = 0
        private var depth = 0

        /// Creates limits; the defaults are safe for untrusted documents.
        public init(maximumBytes: Int = 256 * 1024, maximumDepth: Int = 32) {
            self.maximumBytes = maximumBytes
            self.maximumDepth = maximumDepth
        }
    }
}
