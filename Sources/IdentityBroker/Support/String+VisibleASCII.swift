extension String {
    /// Whether it can name a client or a resource server: 1 to 255 characters of visible ASCII.
    package var isVisibleASCIIName: Bool {
        (1...255).contains(utf8.count) && utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
