/// Finds the name that the author meant.
package enum NearestName {
    /// The longest text compared; longer ones are not typos.
    private static let longestText = 64

    /// The closest candidate, if one is close enough to be meant: about one typo in three characters.
    package static func of(_ text: String, among candidates: [String]) -> String? {
        guard text.utf8.count <= longestText else { return nil }
        let ranked = candidates.map { (name: $0, distance: distance(text.lowercased(), $0.lowercased())) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }),
            best.distance <= (max(text.count, best.name.count) + 2) / 3, best.distance < best.name.count
        else { return nil }
        return best.name
    }

    /// What to tell someone whose name is none of the candidates: the one that was meant, or all.
    ///
    /// - Parameter plural: What the candidates are.
    package static func advice(for text: String, among candidates: [String], known plural: String) -> String {
        if let meant = of(text, among: candidates) { return "Did you mean '\(meant)'?" }
        return "Known \(plural): \(candidates.isEmpty ? "none" : candidates.joined(separator: ", "))."
    }

    /// The number of insertions, deletions, substitutions and transpositions of neighbors between two texts (optimal
    /// string alignment).
    static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let substitution = last[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(substitution, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
