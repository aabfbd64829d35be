// Every rule is a test of its own, under its id, and the kit's own reports lie where the property says.
def project = new File(basedir, 'target/custom-backend')
def name = 'com.example.filestore.FileStoreTckTest'
def tests = new File(project, "target/surefire-reports/TEST-${name}.xml").text
def json = new groovy.json.JsonSlurper().parse(new File(project, "target/tck-reports/${name}.json"))
assert json.rules.size() > 500
json.rules.each { assert tests.contains(" ${it.id} ${it.sentence.substring(0, 5)}") : "${it.id} is no test in the XML of Surefire" }
['md', 'html'].each { assert new File(project, "target/tck-reports/${name}.${it}").text.contains('filestore') }
return true
