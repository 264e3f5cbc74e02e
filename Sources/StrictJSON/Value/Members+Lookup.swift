extension ArraySlice<JSONObject.Member> {
    /// Where the member of that name stands.
    func index(of name: String) -> Int? {
        let mark = NameMark(of: name)
        for index in indices where self[index].mark == mark && self[index].name.isIdentical(to: name) {
            return index
        }
        return nil
    }
}
