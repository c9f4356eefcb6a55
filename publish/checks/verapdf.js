/* veraPDF asked about one PDF.

   In: {path, standards}: by flavour the profile of its rules ({"ua1": "PDFUA-1"}). Out: an object a
   flavour: how many tests were made, and each rule that is broken with how often, the engine's
   words, and the place of the first time. The rules are read here, because the engine reads them
   with parts of Java that its package leaves out. */

var vera = Packages.org.verapdf;
var rules = vera.pdfa.validation.profiles;
var MOST = 10000;

function children(node, name) {
    var found = [], all = node.getChildNodes();
    for (var at = 0; at < all.getLength(); at++) {
        if (all.item(at).getNodeName() == name) found.push(all.item(at));
    }
    return found;
}

function child(node, name) {
    return children(node, name)[0];
}

function text(node, name) {
    var found = child(node, name);
    return found ? String(found.getTextContent()) : "";
}

function rule(node, flavour) {
    var id = child(node, "id"), error = child(node, "error");
    var facts = new java.util.ArrayList();
    children(child(error, "arguments"), "argument").forEach(function (one) {
        facts.add(rules.ErrorArgumentImpl.fromValues(one.getTextContent(), null, null));
    });
    var test = java.lang.Integer.parseInt(id.getAttribute("testNumber"));
    return rules.Profiles.ruleFromValues(
        rules.Profiles.ruleIdFromValues(flavour.getPart(), id.getAttribute("clause"), test),
        node.getAttribute("object"),
        node.getAttribute("deferred") == "true" ? java.lang.Boolean.TRUE : null,
        node.getAttribute("tags"), text(node, "description"), text(node, "test"),
        rules.Profiles.errorFromValues(text(error, "message"), facts), new java.util.ArrayList()
    );
}

function profile(name, flavour) {
    var path = "org/verapdf/pdfa/validation/" + name + ".xml";
    var stream = java.lang.ClassLoader.getSystemResourceAsStream(path);
    var builder = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder();
    var root = builder.parse(stream).getDocumentElement();
    var all = new java.util.HashSet(), variables = new java.util.HashSet();
    children(child(root, "rules"), "rule").forEach(function (one) {
        all.add(rule(one, flavour));
    });
    children(child(root, "variables"), "variable").forEach(function (one) {
        variables.add(rules.Profiles.variableFromValues(
            one.getAttribute("name"), one.getAttribute("object"),
            text(one, "defaultValue"), text(one, "value")
        ));
    });
    var details = rules.Profiles.profileDetailsFromValues(name, name, "", new java.util.Date(0));
    return rules.Profiles.profileFromValues(flavour, details, "", all, variables);
}

function asked(path, flavour, name) {
    var foundry = vera.pdfa.Foundries.defaultInstance();
    var parser = foundry.createParser(new java.io.File(path), flavour);
    var validator = foundry.createValidator(profile(name, flavour), MOST, false, false, false);
    var result = validator.validate(parser), broken = {};
    for (var each = result.getTestAssertions().iterator(); each.hasNext();) {
        var one = each.next(), id = one.getRuleId();
        var key = id.getClause() + "-" + id.getTestNumber();
        if (!broken[key]) {
            var place = String(one.getLocation().getContext());
            broken[key] = {count: 0, message: String(one.getMessage()), place: place};
        }
        broken[key].count += 1;
    }
    parser.close();
    return {tests: Number(result.getTotalAssertions()), broken: broken};
}

function verapdf() {
    vera.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
    return function (question) {
        var answers = {};
        Object.keys(question.standards).forEach(function (name) {
            var flavour = vera.pdfa.flavours.PDFAFlavour.byFlavourId(name);
            answers[name] = asked(question.path, flavour, question.standards[name]);
        });
        return answers;
    };
}
