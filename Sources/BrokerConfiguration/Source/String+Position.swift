extension String {
    /// The scalar at a place; where that is behind a CR LF, the one behind both.
    func scalar(at position: SourcePosition) -> Unicode.Scalar? {
        var counter = PositionCounter()
        var found: Unicode.Scalar?
        for scalar in unicodeScalars {
            if counter.position > position { break }
            if counter.position == position { found = scalar }
            counter.pass(scalar)
        }
        return found
    }
}
